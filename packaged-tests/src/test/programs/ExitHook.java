/** A shutdown hook that joins the thread that wants to end the JVM. */
public final class ExitHook {

    private ExitHook() {}

    public static void main(String[] args) {
        Thread main = Thread.currentThread();
        Thread hook = new Thread(() -> join(main), "flush");
        Runtime.getRuntime().addShutdownHook(hook);
        Thread witness = new Thread(() -> {
            while (hook.getState() != Thread.State.WAITING || main.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            System.out.println("ready");
        });
        witness.setDaemon(true);
        witness.start();
        System.exit(0);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
