package example;

import dev.asyncinspect.analysis.Analysis;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.model.History;
import dev.asyncinspect.sources.AwaitSites;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.DumpFiles;
import java.nio.file.Path;
import java.util.List;

/** Uses async-inspect as a library: reads a thread dump and prints what is wrong in it. */
public final class ReadDump {

    private ReadDump() {}

    public static void main(String[] args) throws Exception {
        for (History history : DumpFiles.read(List.of(Path.of(args[0])), new AwaitSites(ClassFiles.none()))) {
            for (Finding finding : Analysis.of(history)) {
                System.out.println(finding.kind().id() + " " + finding.confidence() + ": " + finding.sentence());
            }
        }
    }
}
