package dev.asyncinspect.packagedtests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The reports that a build wrote of its tests.
 *
 * @param failures what each failed test said, by {@code class.method}
 * @param passed the other tests
 */
record TestReports(Map<String, String> failures, List<String> passed) {

    /** Reads and removes the reports in this folder. */
    static TestReports take(Path folder) throws Exception {
        Map<String, String> outcomes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".xml")) {
                    Document report = DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(file.toFile());
                    NodeList cases = report.getElementsByTagName("testcase");
                    for (int i = 0; i < cases.getLength(); i++) {
                        Element test = (Element) cases.item(i);
                        String name = test.getAttribute("classname").replaceFirst(".*\\.", "") + "."
                                + test.getAttribute("name");
                        outcomes.put(name, outcome(test));
                    }
                    Files.delete(file);
                }
            }
        }
        Map<String, String> failures = new TreeMap<>(outcomes);
        failures.values().removeIf(String::isEmpty);
        return new TestReports(
                failures,
                outcomes.keySet().stream()
                        .filter(test -> !failures.containsKey(test))
                        .toList());
    }

    private static String outcome(Element test) {
        for (String element : List.of("failure", "error")) {
            NodeList bad = test.getElementsByTagName(element);
            if (bad.getLength() > 0) {
                return bad.item(0).getTextContent();
            }
        }
        return "";
    }
}
