package million;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * Runs short tasks by the thousand, told so by lines on standard input, and shows its heap. After a million of them nobody but
 * this program itself may know any of its objects.
 */
public final class Million {

    private static Crowd crowd;
    private static URLClassLoader plugin;
    private static WeakReference<ClassLoader> pluginBefore = new WeakReference<>(null);

    private Million() {}

    /** Its arguments are the class path of the plugin. */
    public static void main(String[] args) throws Exception {
        crowd = (Crowd) Class.forName(System.getProperty("crowd")).getDeclaredConstructor().newInstance();
        System.out.println("ready");
        int done = 0;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "run" -> crowd.run(Integer.parseInt(words[1]));
                case "dump" ->
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(words[1], true);
                case "plant" -> crowd.plant(new Planted());
                case "pull-out" -> crowd.plant(null);
                case "plugin" -> runPlugin(args);
                case "plugin-planted" -> {
                    runPlugin(args);
                    Object ofPlugin = Class.forName("plugin.Plugin", true, plugin).getDeclaredConstructor().newInstance();
                    crowd.plant(ofPlugin);
                }
                case "drop" -> drop();
                case "is-gone" -> line += gone(Integer.parseInt(words[1]));
                default -> throw new IllegalArgumentException(line);
            }
            System.out.println("did " + ++done + " " + line);
        }
    }

    private static void runPlugin(String[] classPath) throws Exception {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(classPath[i]).toUri().toURL();
        }
        plugin = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        ((Runnable) Class.forName("plugin.Plugin", true, plugin).getDeclaredConstructor().newInstance()).run();
    }

    private static void drop() throws Exception {
        pluginBefore = new WeakReference<>(plugin);
        plugin.close();
        plugin = null;
    }

    /** Whether the loader of the plugin is collected; asks the collector so many times at most. */
    private static String gone(int times) throws Exception {
        for (int i = 0; i < times && pluginBefore.get() != null; i++) {
            System.gc();
            Thread.sleep(i); // references are cleared by a thread of the JVM
        }
        return pluginBefore.get() == null ? " yes" : " no";
    }

    /** Only whoever is planted with it knows it. */
    static final class Planted implements BiConsumer<Object, Object>, Runnable {
        @Override
        public void accept(Object one, Object other) {}

        @Override
        public void run() {}
    }

    /** Who runs the tasks. */
    public interface Crowd {

        /** Runs so many, and returns when all are over. */
        void run(int tasks) throws Exception;

        /** Lets async-inspect keep this object, or nothing instead. */
        void plant(Object object) throws Exception;
    }

    /** Puts an object into a slot of the bridge that no hook uses. */
    static void plantInBridge(Object object) throws Exception {
        Field slot = Class.forName("java.lang.AsyncInspectBridge1").getDeclaredField("p127");
        slot.setAccessible(true);
        slot.set(null, object);
    }
}
