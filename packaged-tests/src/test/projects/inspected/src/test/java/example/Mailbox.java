package example;

import java.util.concurrent.LinkedBlockingQueue;

/** Code of the program. */
final class Mailbox {

    private final LinkedBlockingQueue<String> letters = new LinkedBlockingQueue<>();

    String read() {
        try {
            return letters.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
