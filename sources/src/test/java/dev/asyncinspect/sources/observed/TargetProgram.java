package dev.asyncinspect.sources.observed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/** A program to look at: parks as many threads as it is told and answers each line with one line, and prints nothing else. */
public final class TargetProgram {

    private static final int GC_ROUNDS = 100;

    private TargetProgram() {}

    public static void main(String[] arguments) throws Exception {
        park(Integer.parseInt(arguments[0]));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        String question = questions.readLine();
        while (question != null) {
            System.out.println(answer(question));
            question = questions.readLine();
        }
    }

    private static void park(int threads) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch parked = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    () -> {
                        parked.countDown();
                        awaitForEver(never);
                    },
                    "parked-" + i + "-" + "x".repeat(300));
            thread.setDaemon(true);
            thread.start();
        }
        parked.await();
    }

    private static String answer(String question) throws ReflectiveOperationException, IOException {
        return switch (question) {
            case "threads" -> names();
            case "agent-collected" -> String.valueOf(isAgentCollected());
            default -> question;
        };
    }

    private static String names() {
        TreeSet<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            names.add(thread.getName());
        }
        return String.join(",", names);
    }

    private static boolean isAgentCollected() throws ReflectiveOperationException {
        Class<?> bootstrap = Class.forName(
                "dev.asyncinspect.sources.observed.TestBootstrap", true, ClassLoader.getSystemClassLoader());
        for (int round = 0; round < GC_ROUNDS; round++) {
            System.gc();
            if ((boolean) bootstrap.getMethod("isCollected").invoke(null)) {
                return true;
            }
        }
        return false;
    }

    private static void awaitForEver(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
