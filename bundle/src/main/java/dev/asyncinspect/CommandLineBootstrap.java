package dev.asyncinspect;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Enters the command line that is nested in the jar. */
public final class CommandLineBootstrap {

    private static final String COMMAND_LINE = "dev.asyncinspect.cli.Cli";

    private static final int EXIT_INCOMPLETE = 4;

    private CommandLineBootstrap() {}

    /** Entered by {@link Main} on a Java that is new enough. */
    public static void enter(String[] args) throws Throwable {
        Class<?> commandLine = load();
        if (commandLine == null) {
            Runtime.getRuntime().halt(EXIT_INCOMPLETE);
        } else {
            MethodHandles.publicLookup()
                    .findStatic(commandLine, "main", MethodType.methodType(void.class, String[].class))
                    .invokeExact(args);
        }
    }

    /** The command line; null if the jar is damaged, which has been told then. */
    private static @Nullable Class<?> load() {
        try {
            JarFile jar = OwnJar.open();
            System.setProperty("dev.asyncinspect.bundle", OwnJar.file().getPath());
            System.setProperty("dev.asyncinspect.version", OwnJar.version(jar));
            IsolatedLoader loader = new IsolatedLoader(jar, OwnJar.location(), "inspect/cli/");
            Thread.currentThread().setContextClassLoader(loader);
            return Class.forName(COMMAND_LINE, true, loader);
        } catch (IOException | ClassNotFoundException | LinkageError e) {
            System.err.println("async-inspect: its jar " + OwnJar.location().getPath() + " is damaged (" + e
                    + "); get or build it again");
            return null;
        }
    }
}
