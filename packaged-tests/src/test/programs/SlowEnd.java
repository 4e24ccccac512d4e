/** A program that takes its time to end in good order: longer than others would wait. */
public final class SlowEnd {

    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("closing");
            try {
                Thread.sleep(3_000);
                System.out.println("closed");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        System.out.println("ready");
        Thread.sleep(Long.MAX_VALUE);
    }
}
