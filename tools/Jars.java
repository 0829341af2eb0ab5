import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Packs a jar for each module, by the jar tool, in one process: {@code Jars CLASSES JARS DATE MAIN MODULE...}.
 *
 * <p>DATE is that of all entries. MAIN is the main class, in the module of its package.
 */
class Jars {
    public static void main(String[] arguments) throws IOException {
        Path jars = Files.createDirectories(Path.of(arguments[1]));
        String main = arguments[3];
        for (String name : List.of(arguments).subList(4, arguments.length)) {
            Path module = Path.of(arguments[0], name);
            List<String> options = new ArrayList<>(List.of("--create", "--date", arguments[2]));
            options.addAll(List.of("--file", jars.resolve(name + ".jar").toString()));
            if (main.startsWith(name + ".")) {
                options.addAll(List.of("--main-class", main));
            }
            options.addAll(List.of("-C", module.toString(), "."));
            int status = ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.out, System.err, options.toArray(String[]::new));
            if (status != 0) {
                System.exit(status);
            }
        }
    }
}
