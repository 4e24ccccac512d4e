package dev.asyncinspect.agent;

/** Something that is done when the JVM begins to exit, unless it is forgotten before. */
final class AtExit extends Thread {

    /*
     * A shutdown hook. It runs beside those of the program and never longer than an instant, so it holds up nobody. Forgotten when we leave: the
     * JVM keeps its hooks, and with them our loader.
     */

    private final Runnable action;

    private AtExit(Runnable action) {
        super(LinkThread.systemGroup(), null, "async-inspect-at-exit", 0, false);
        this.action = action;
    }

    static AtExit run(Runnable action) {
        AtExit hook = new AtExit(action);
        hook.setContextClassLoader(null);
        hook.setUncaughtExceptionHandler((ended, error) -> {
            // The default handler may be the program's, or would print.
        });
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            action.run(); // it has begun to exit already
        }
        return hook;
    }

    @Override
    public void run() {
        action.run();
    }

    /** It is not done if the JVM has not begun to exit. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException e) {
            // The JVM exits: the hook runs, or has run, and nothing has to be given back.
        }
    }
}
