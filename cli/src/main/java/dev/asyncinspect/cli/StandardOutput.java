package dev.asyncinspect.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether results go to a terminal. */
final class StandardOutput {

    /*
     * System.console() answered this until JDK 21. Since 22 it is never null and costs the start of a line editor, so the
     * kernel is asked first, and Console.isTerminal (JDK 22) only where there is no /proc.
     */

    private StandardOutput() {}

    static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return consoleIsTerminal();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // it is null before JDK 22, and there null is the answer
    private static boolean consoleIsTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 a console that is there is a terminal
        }
    }
}
