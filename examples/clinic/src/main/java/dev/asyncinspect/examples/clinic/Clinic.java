package dev.asyncinspect.examples.clinic;

import java.util.List;

/**
 * A program that hangs on request: {@code java -jar clinic.jar lock-cycle}. When the fault is reached it prints one line,
 * {@code ready lock-cycle pid=4711}, and stays to be looked at until its stdin closes, at most ten minutes.
 */
public final class Clinic {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Clinic() {}

    /** Plays the story that the arguments name; exit codes: 0 end of life, 1 fault not reached, 2 usage. */
    public static void main(String[] args) {
        List<String> words = List.of(args);
        if (words.contains("--list")) {
            System.out.print(Faults.list());
            return;
        }
        if (words.contains("--help")) {
            System.out.println(Arguments.USAGE);
            return;
        }
        try {
            Arguments arguments = Arguments.parse(words, VirtualThreads.available());
            String ready = "ready " + arguments.fault().name() + " pid="
                    + ProcessHandle.current().pid();
            boolean outlivesMain = arguments.fault().outlivesMain() && !arguments.healthy();
            Lifetime.endWithParent(!outlivesMain);
            play(arguments);
            if (outlivesMain) {
                Lifetime.afterMain(() -> System.out.println(ready));
            } else {
                System.out.println(ready);
            }
        } catch (UsageException e) {
            fail(e.line(), USAGE);
        } catch (Exception e) {
            fail(e.toString(), FAILED);
        }
    }

    private static void play(Arguments arguments) throws Exception {
        Fault fault = arguments.fault();
        Names names = new Names(arguments.namePrefix(), arguments.seed());
        if (fault.needsVirtualThreads()) {
            VirtualThreads.fixCarriers(arguments.size());
        } else {
            VirtualThreads.allowBlocked(2 * arguments.size() + arguments.noise() + 2);
        }
        // Where the fault takes all carriers away, bystanders on virtual threads would not be healthy.
        ThreadKind bystanders = fault.needsVirtualThreads() ? ThreadKind.PLATFORM : arguments.threads();
        new Bystanders().start(new Ward(true, 0, bystanders, names), arguments.noise());
        fault.start(new Ward(arguments.healthy(), arguments.size(), arguments.threads(), names));
    }

    private static void fail(String message, int exitCode) {
        System.err.println("clinic: " + message);
        Runtime.getRuntime().halt(exitCode);
    }
}
