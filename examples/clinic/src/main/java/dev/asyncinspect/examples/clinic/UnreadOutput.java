package dev.asyncinspect.examples.clinic;

import java.io.IOException;

/** A librarian who waits until a copyist is done, and a copyist whose desk is full because nobody takes the pages away. */
final class UnreadOutput implements Fault {

    @Override
    public String name() {
        return "unread-output";
    }

    @Override
    public String about() {
        return "librarians who wait for processes whose output they do not read (Process.waitFor)";
    }

    @Override
    public Size size() {
        return Size.of("librarians", 1, 1, 10);
    }

    @Override
    public void start(Ward ward) {
        for (int number = 1; number <= ward.size(); number++) {
            ward.hire("librarian", number, () -> order(false), () -> order(true));
        }
        ward.settle();
    }

    /** The careful librarian takes the pages before he waits. */
    private static void order(boolean careful) throws InterruptedException {
        try {
            Process copyist = new ProcessBuilder("head", "-c", "200000", "/dev/zero").start();
            if (careful) {
                copyist.getInputStream().readAllBytes();
            }
            copyist.waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
