import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Scanner;
import java.util.TreeSet;

/**
 * A program that prints all it can see of its surroundings. Its argument is a file with names of classes and resources that it
 * looks for. It is run with and without the agent, and must not see a difference.
 */
class Guest {

    public static void main(String[] arguments) throws Exception {
        System.out.println("ready");
        if (arguments.length > 1) {
            new Scanner(System.in).nextLine(); // until told to go on
        }
        ClassLoader system = ClassLoader.getSystemClassLoader();
        System.out.println("class path " + System.getProperty("java.class.path"));
        System.out.println("context loader is system loader " + (Thread.currentThread().getContextClassLoader() == system));
        System.out.println("default handler " + Thread.getDefaultUncaughtExceptionHandler());
        System.out.println("charset and zone " + System.getProperty("file.encoding") + " " + System.getProperty("user.timezone"));
        TreeSet<String> properties = new TreeSet<>(System.getProperties().stringPropertyNames());
        properties.removeIf(name -> name.startsWith("dev.asyncinspect.agent."));
        System.out.println("properties " + properties);
        TreeSet<String> threads = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> threads.add(thread.getName()));
        threads.remove("Attach Listener"); // the JVM's own, once anybody attached
        System.out.println("threads " + threads);
        TreeSet<String> packages = new TreeSet<>();
        Arrays.stream(system.getDefinedPackages()).forEach(each -> packages.add(each.getName()));
        packages.remove("dev.asyncinspect"); // the bootstrap
        System.out.println("packages " + packages);
        for (String name : Files.readAllLines(Path.of(arguments[0]))) {
            look(name, system);
        }
        own("picocli.CommandLine");
        own("dev.asyncinspect.agent.AgentMain");
        System.err.print(System.getProperty("guest.stderr", ""));
        System.out.println("agent " + System.getProperty("dev.asyncinspect.agent.version")
                + " failure " + System.getProperty("dev.asyncinspect.agent.failure"));
    }

    private static void look(String name, ClassLoader loader) throws Exception {
        int copies = Collections.list(loader.getResources(name)).size();
        if (copies > 0) {
            System.out.println("resource " + name + " " + copies);
        }
        if (name.endsWith(".class")) {
            String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
            try {
                System.out.println("found " + Class.forName(type, false, loader));
            } catch (ClassNotFoundException | NoClassDefFoundError e) {
                // As it should be, unless the program ships one itself.
            }
        }
    }

    private static void own(String type) throws Exception {
        try {
            System.out.println(type + " is " + Class.forName(type).getMethod("whose").invoke(null));
        } catch (ClassNotFoundException e) {
            System.out.println(type + " is not there");
        }
    }
}
