import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.logging.log4j.ThreadContext;
import org.slf4j.MDC;

/** A till that notes in its logs for whom it works, with Logback and Log4j; {@code sick}, or {@code healthy}. */
public final class Till {

    private static final ExecutorService CLERK = Executors.newFixedThreadPool(1);

    private Till() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 1) {
            MDC.put("early", "1"); // before anybody looks
            ThreadContext.put("early", "1");
            System.out.println("open");
            while (System.in.read() != '\n') {
                // the whole line: the end of the program waits for the next
            }
            MDC.remove("early");
        }
        Executor clerk = args[0].equals("sick") ? CLERK : Till::handingOn;
        MDC.put("order", "4711");
        ThreadContext.put("till", "north");
        run(clerk, Till::charge);
        MDC.remove("order");
        ThreadContext.remove("till");
        run(clerk, Till::serveAnn);
        run(clerk, Till::printReceipt);
        System.out.println("sold");
        System.in.read();
        CLERK.shutdown();
    }

    private static void run(Executor clerk, Runnable work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        clerk.execute(new Work(work, done));
        done.await();
    }

    private record Work(Runnable work, CountDownLatch done) implements Runnable {
        @Override
        public void run() {
            work.run();
            done.countDown();
        }
    }

    /** Sets the contexts of who hands work in, and empties them afterwards. */
    private static void handingOn(Runnable work) {
        Map<String, String> logback = MDC.getCopyOfContextMap();
        Map<String, String> log4j = ThreadContext.getContext();
        CLERK.execute(() -> {
            if (logback != null) {
                MDC.setContextMap(logback);
            }
            ThreadContext.putAll(log4j);
            try {
                work.run();
            } finally {
                MDC.clear();
                ThreadContext.clearMap();
            }
        });
    }

    private static void charge() {}

    private static void serveAnn() {
        MDC.put("customer", "Ann");
        ThreadContext.put("card", "gold");
    }

    private static void printReceipt() {}
}
