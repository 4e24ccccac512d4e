package dev.asyncinspect;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** {@code java -jar async-inspect.jar}: enters the command line that is nested in the jar. */
public final class Main {

    private static final String COMMAND_LINE = "dev.asyncinspect.cli.Cli";

    private Main() {}

    /** Hands the arguments on. */
    public static void main(String[] args) throws Throwable {
        JarFile jar;
        try {
            jar = OwnJar.open();
        } catch (IOException e) {
            System.err.println("async-inspect: cannot read its own jar: " + e.getMessage());
            Runtime.getRuntime().halt(2);
            return;
        }
        System.setProperty("dev.asyncinspect.bundle", OwnJar.file().getPath());
        String version = jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        System.setProperty("dev.asyncinspect.version", version == null ? "unknown" : version);
        IsolatedLoader loader = new IsolatedLoader(jar, OwnJar.location(), "inspect/cli/");
        Thread.currentThread().setContextClassLoader(loader);
        Class<?> commandLine = Class.forName(COMMAND_LINE, true, loader);
        MethodHandles.publicLookup()
                .findStatic(commandLine, "main", MethodType.methodType(void.class, String[].class))
                .invokeExact(args);
    }
}
