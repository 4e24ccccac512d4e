package hosted;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts the program in a bundle. */
public final class Activator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        new Thread(() -> {
                    try {
                        Hosted.main(new String[0]);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .start();
    }

    @Override
    public void stop(BundleContext context) {}
}
