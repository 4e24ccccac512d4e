package dev.asyncinspect.sources;

import java.io.Closeable;
import java.io.IOException;
import java.util.Properties;

/** A line to a live JVM over which it answers diagnostic commands. Nothing is loaded into it. */
interface AttachChannel extends Closeable {

    /** What the JVM answers to a {@code jcmd} command. */
    String command(String command) throws IOException;

    /** The same of an answer that may be large. */
    default AnswerText answer(String command) throws IOException {
        return AnswerText.of(command(command));
    }

    /** The system properties of the JVM. */
    Properties systemProperties() throws IOException;
}
