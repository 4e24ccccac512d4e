package dev.asyncinspect.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Catches what is printed. */
final class Screen {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    PrintStream stream() {
        return stream;
    }

    String text() {
        stream.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What this prints on a plain terminal. */
    static String plain(Consumer<Terminal> print) {
        return on(false, false, print);
    }

    static String on(boolean colour, boolean ascii, Consumer<Terminal> print) {
        Screen screen = new Screen();
        print.accept(new Terminal(screen.stream, screen.stream, colour, ascii, 0, 0));
        return screen.text();
    }
}
