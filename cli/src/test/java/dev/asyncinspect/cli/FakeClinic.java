package dev.asyncinspect.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A program that speaks like the clinic and has no fault; like it, it ends with its stdin. */
final class FakeClinic {

    private FakeClinic() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "--list" -> System.out.println("lock-cycle  two locks");
            case "nope" -> {
                System.err.println("clinic: unknown fault nope");
                System.exit(2);
            }
            case "dies" -> System.exit(1);
            default -> {
                System.out.println("some banner");
                System.out.println("ready " + String.join(" ", args) + " pid="
                        + ProcessHandle.current().pid());
                System.in.transferTo(System.err);
            }
        }
    }

    /** A jar that starts this class from where it was compiled to. */
    static Path jar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeClinic.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        FakeClinic.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString());
        Path jar = folder.resolve("clinic.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
