import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Starts whatever OSGi framework is on the class path, with one bundle: {@code OsgiLauncher STORAGE BUNDLE-URL}. */
public class OsgiLauncher {

    public static void main(String[] arguments) throws Exception {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).iterator().next();
        Framework framework = factory.newFramework(Map.of("org.osgi.framework.storage", arguments[0]));
        framework.start();
        framework.getBundleContext().installBundle(arguments[1]).start();
        framework.waitForStop(0);
    }
}
