package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/tally.awk}, the last lines of a test run, and {@code tools/failed.awk}, the classes that failed. */
class TallyTest {
    private static final String FAILURES = """
            thanks for the tests

            Failures (3):
              JUnit Jupiter:RouterTest:Match:first()
                MethodSource [className = 'RouterTest$Match', methodName = 'first', methodParameterTypes = '']
                => org.opentest4j.AssertionFailedError: two lines
            ==> expected: <1> but was: <2>
                   RouterTest.first(RouterTest.java:8)
              JUnit Jupiter:ServerTest
                ClassSource [className = 'ServerTest', filePosition = null]
                => java.io.UncheckedIOException: java.net.BindException: in use
                   ServerTest.start(ServerTest.java:4)
                   Suppressed: java.lang.Error: suppressed
              JUnit Jupiter:ListTest:empty()
                MethodSource [className = 'ListTest', methodName = 'empty', methodParameterTypes = '']
                => java.lang.AssertionError:\s
              Expecting: 1
                   ListTest.empty(ListTest.java:4)
            """;

    private static final String REPORT = """
            <testcase name="a()" classname="NginxTest" time="0">
            <skipped><![CDATA[parent was skipped: org.opentest4j.TestAbortedException: Assumption failed: no nginx
            	at NginxTest.start(NginxTest.java:5)
            ]]></skipped>
            <testcase name="b()" classname="NginxTest" time="0">
            <skipped><![CDATA[parent was skipped: org.opentest4j.TestAbortedException: Assumption failed: no nginx
            ]]></skipped>
            <testcase name="c()" classname="OffTest" time="0">
            <skipped><![CDATA[parent was skipped: disabled]]></skipped>
            """;

    @TempDir
    private Path folder;

    @Test
    void endsWithTheNumbersOfACompleteRun() throws Exception {
        assertEquals(List.of("12 passed, 0 failed"), tally(0, summary(0, 0, 0, 12, 12, 0, 12, 0)));
    }

    @Test
    void namesFailedClassesAndTestsWithTheFirstLineOfTheReason() throws Exception {
        assertEquals(
                List.of(
                        "failed: RouterTest:Match:first(): AssertionFailedError: two lines",
                        "failed: ServerTest: UncheckedIOException: java.net.BindException: in use",
                        "failed: ListTest:empty(): AssertionError:  Expecting: 1",
                        "5 passed, 2 failed, 1 class failed, 3 tests not run"),
                tally(0, FAILURES + summary(0, 0, 1, 10, 7, 0, 5, 2)));
    }

    @Test
    void namesClassesThatWereAborted() throws Exception {
        assertEquals(
                List.of(
                        "aborted: NginxTest: no nginx",
                        "1 passed, 0 failed, 1 class aborted, 2 classes skipped, 4 tests not run"),
                tally(0, summary(2, 1, 0, 5, 2, 1, 1, 0), REPORT));
    }

    @Test
    void addsTheNumbersOfSeveralRuns() throws Exception {
        String first = FAILURES + summary(0, 0, 1, 10, 7, 0, 5, 2);
        List<String> lines = tally(0, first, summary(2, 1, 0, 5, 2, 1, 1, 0), REPORT);
        assertEquals(5, lines.size(), lines::toString);
        assertEquals("aborted: NginxTest: no nginx", lines.get(3));
        assertEquals(
                "6 passed, 2 failed, 1 class failed, 1 class aborted, 2 classes skipped, 7 tests not run",
                lines.getLast());
        assertEquals(List.of("the test run ended before its summary"), tally(1, summary(0, 0, 0, 1, 1, 0, 1, 0), "x"));
    }

    @Test
    void failsWithoutASummary() throws Exception {
        assertEquals(List.of("the test run ended before its summary"), tally(1, "Killed\n"));
    }

    @Test
    void findsTheClassesThatFailed() throws Exception {
        String[] classes = {"RouterTest$Match", "ServerTest", "ListTest"};
        assertEquals(List.of(classes), run("failed", 0, FAILURES + summary(0, 0, 1, 10, 7, 0, 5, 2)));

        String more = FAILURES.replace("Failures (3)", "Failures (4)"); // one is not that of a class
        assertEquals(List.of(classes), run("failed", 1, more + summary(0, 0, 1, 10, 7, 0, 5, 2)));
    }

    private static String summary(
            int classesSkipped,
            int classesAborted,
            int classesFailed,
            int found,
            int started,
            int aborted,
            int successful,
            int failed) {
        return """

                Test run finished after 1291 ms
                [         7 containers found      ]
                [ %9s containers skipped    ]
                [         7 containers started    ]
                [ %9s containers aborted    ]
                [         7 containers successful ]
                [ %9s containers failed     ]
                [ %9s tests found           ]
                [         0 tests skipped         ]
                [ %9s tests started         ]
                [ %9s tests aborted         ]
                [ %9s tests successful      ]
                [ %9s tests failed          ]

                """.formatted(
                        classesSkipped, classesAborted, classesFailed, found, started, aborted, successful, failed);
    }

    private List<String> tally(int status, String... texts) throws IOException, InterruptedException {
        return run("tally", status, texts);
    }

    private List<String> run(String script, int status, String... texts) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("awk", "-f", "tools/" + script + ".awk").redirectErrorStream(true);
        for (int i = 0; i < texts.length; i++) {
            builder.command()
                    .add(Files.writeString(folder.resolve(i + extension(texts[i])), texts[i])
                            .toString());
        }
        Process process = builder.start();
        List<String> lines = process.inputReader().readAllLines();
        assertEquals(status, process.waitFor(), lines::toString);
        return lines;
    }

    private static String extension(String text) {
        return text.startsWith("<") ? ".xml" : ".txt";
    }
}
