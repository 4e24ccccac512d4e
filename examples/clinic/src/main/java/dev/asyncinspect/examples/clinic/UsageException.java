package dev.asyncinspect.examples.clinic;

/** The command line asks for something that cannot be; its message is the one line to print. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String line;

    UsageException(String line) {
        super(line);
        this.line = line;
    }

    String line() {
        return line;
    }
}
