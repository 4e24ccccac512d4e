package hosted;

import java.util.Scanner;
import java.util.concurrent.locks.ReentrantLock;

/** Hangs in a way that only its objects prove, and tells on demand what it sees of whoever looks at it. */
public final class Hosted {

    private static final String[] OURS = {
        "dev.asyncinspect.agent.AgentMain",
        "dev.asyncinspect.agent.jdk.JdkReader",
        "dev.asyncinspect.core.rows.Row",
        "dev.asyncinspect.core.wire.LinkFolder",
        "dev.asyncinspect.core.wire.WireLayout",
        "dev.asyncinspect.sources.heap.Heap",
        "org.objectweb.asm.ClassReader",
        "picocli.CommandLine"
    };

    private Hosted() {}

    public static void main(String[] arguments) throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Thread gone = new Thread(lock::lock, "gone");
        gone.start();
        gone.join();
        Thread heir = new Thread(lock::lock, "heir");
        heir.setDaemon(true);
        heir.start();
        while (!lock.hasQueuedThread(heir) || heir.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        System.out.println("ready");
        new Scanner(System.in).nextLine();
        look(Hosted.class.getClassLoader());
        look(Thread.currentThread().getContextClassLoader());
        for (String name : new String[] {"java.lang", "java.util.concurrent", "jdk.internal.vm"}) {
            if (Object.class.getModule().isOpen(name, Hosted.class.getModule())) {
                System.out.println("may open " + name);
            }
        }
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("inspect"))
                .forEach(name -> System.out.println("runs beside " + name));
        System.out.println("looked");
        Runtime.getRuntime().halt(0);
    }

    private static void look(ClassLoader loader) throws Exception {
        for (String name : OURS) {
            try {
                Class<?> type = Class.forName(name, false, loader);
                System.out.println(name + " is " + type.getMethod("whose").invoke(null));
            } catch (ClassNotFoundException | NoClassDefFoundError e) {
                // As it should be, unless it ships one itself.
            } catch (NoSuchMethodException e) {
                System.out.println(name + " is async-inspect's");
            }
        }
    }
}
