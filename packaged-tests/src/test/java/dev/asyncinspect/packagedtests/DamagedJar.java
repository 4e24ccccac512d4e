package dev.asyncinspect.packagedtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The jar as a bad repackaging leaves it: the bootstrap is there, what is nested is not. */
final class DamagedJar {

    private DamagedJar() {}

    static Path in(Path folder) throws IOException {
        Path damaged = folder.resolve("damaged.jar");
        try (ZipFile from = new ZipFile(Shipped.JAR.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(damaged))) {
            for (ZipEntry entry : from.stream()
                    .filter(each -> !each.getName().startsWith("inspect/"))
                    .toList()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.getInputStream(entry).transferTo(to);
            }
        }
        return damaged;
    }
}
