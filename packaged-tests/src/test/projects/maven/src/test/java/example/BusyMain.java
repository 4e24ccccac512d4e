package example;

/** A program that computes and waits for it at one place. */
public final class BusyMain {

    public static void main(String[] args) throws Exception {
        new BusyTest().computes();
    }
}
