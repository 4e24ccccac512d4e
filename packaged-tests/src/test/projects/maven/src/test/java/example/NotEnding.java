package example;

import java.util.concurrent.Executors;

/** A program whose main method returns, and which does not end. */
public final class NotEnding {

    public static void main(String[] args) {
        Executors.newFixedThreadPool(1).execute(() -> System.out.println("done"));
    }
}
