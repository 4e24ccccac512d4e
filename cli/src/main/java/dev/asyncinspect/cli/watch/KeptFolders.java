package dev.asyncinspect.cli.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of folders that must not grow for ever. Touches nothing whose name is not of the given form. */
public final class KeptFolders {

    private final Path place;
    private final Pattern names;
    private final int most;

    /**
     * Folders whose names sort by their age.
     *
     * @param place where they are
     * @param names the form of their names
     * @param most how many may stay
     */
    public KeptFolders(Path place, Pattern names, int most) {
        this.place = place;
        this.names = names;
        this.most = most;
    }

    /** Removes the oldest until there are no more than may stay. */
    public void prune() throws IOException {
        List<Path> kept;
        try (Stream<Path> all = Files.list(place)) {
            kept = all.filter(Files::isDirectory)
                    .filter(folder ->
                            names.matcher(folder.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
        for (Path old : kept.subList(0, Math.max(0, kept.size() - most))) {
            remove(old);
        }
    }

    /** Its files and itself; a folder that somebody put a folder into stays. */
    private static void remove(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        if (files.stream().noneMatch(Files::isDirectory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        }
    }
}
