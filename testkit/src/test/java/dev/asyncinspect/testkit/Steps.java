package dev.asyncinspect.testkit;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A program that does what its arguments say, one after the other. */
final class Steps {

    private Steps() {}

    public static void main(String[] steps) throws Exception {
        for (String step : steps) {
            int space = step.indexOf(' ');
            String verb = space < 0 ? step : step.substring(0, space);
            String object = step.substring(space + 1);
            switch (verb) {
                case "say" -> System.out.println(object);
                case "mutter" -> {
                    System.out.print(object);
                    System.out.flush();
                }
                case "complain" -> System.err.println(object);
                case "variable" -> System.out.println(System.getenv(object));
                case "flood" -> flood(Integer.parseInt(object));
                case "echo" -> echo();
                case "hang" -> new CountDownLatch(1).await();
                case "exit" -> System.exit(Integer.parseInt(object));
                default -> throw new IllegalArgumentException(step);
            }
        }
    }

    private static void flood(int lines) {
        for (int i = 0; i < lines; i++) {
            System.out.println("123456789");
            System.err.println("123456789");
        }
    }

    private static void echo() throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println("heard " + line);
        }
    }
}
