import dev.asyncinspect.core.recorder.Recorder;
import java.util.Scanner;

/** A program that ships another version of the library, and counts what it tells it. */
public final class OlderShop {

    public static void main(String[] args) {
        Recorder recorder = new Recorder();
        System.out.println("ready");
        Scanner words = new Scanner(System.in);
        while (words.hasNextLine()) {
            System.out.println("did " + words.nextLine() + " " + recorder.slot(1));
        }
    }
}
