import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes all classes below a folder into one file, as the loader of the bundle reads them: {@code java PackClasses.java FOLDER FILE}; or those of
 * some outermost packages into a file of each, {@code PACKAGE.pack}: {@code java PackClasses.java FOLDER FOLDER PACKAGE…}. For each
 * class the length of its name in two bytes and the name, with dots; then its length in four bytes and its bytes. Run by the build of the bundle.
 */
public final class PackClasses {

    private static final String SUFFIX = ".class";

    private PackClasses() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        if (args.length == 2) {
            pack(folder, folder, Path.of(args[1]));
        }
        for (int i = 2; i < args.length; i++) {
            pack(folder, folder.resolve(args[i]), Path.of(args[1], args[i] + ".pack"));
        }
    }

    private static void pack(Path folder, Path top, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> below = Files.walk(top)) {
            files = below.filter(PackClasses::isClass).sorted().toList();
        }
        try (DataOutputStream pack = new DataOutputStream(Files.newOutputStream(to))) {
            for (Path file : files) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                byte[] name = path.substring(0, path.length() - SUFFIX.length())
                        .replace('/', '.')
                        .getBytes(StandardCharsets.ISO_8859_1);
                byte[] bytes = Files.readAllBytes(file);
                pack.writeShort(name.length);
                pack.write(name);
                pack.writeInt(bytes.length);
                pack.write(bytes);
            }
        }
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.equals("package-info.class");
    }
}
