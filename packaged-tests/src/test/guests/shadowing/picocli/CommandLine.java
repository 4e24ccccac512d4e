package picocli;

/** Another version of a library that is nested in our jar. */
public class CommandLine {
    public static String whose() {
        return "the program's";
    }
}
