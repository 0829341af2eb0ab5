import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Copies the texts of licences and notices out of the jars of a folder: {@code LicenceTexts.java JARS OUTPUT}. */
class LicenceTexts {
    private static final Pattern NAME =
            Pattern.compile("(?i)(.*/)?(licen[cs]e|notice|copying|copyright)([.-][^/]*)?");

    public static void main(String[] arguments) throws IOException {
        Path output = Path.of(arguments[1]);
        for (Path jar : jars(Path.of(arguments[0]))) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (!entry.isDirectory() && NAME.matcher(entry.getName()).matches()) {
                        copy(file, entry, output.resolve(jar.getFileName()));
                    }
                }
            }
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static void copy(JarFile file, JarEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException(file.getName() + " has an entry outside of its folder: " + entry.getName());
        }
        Files.createDirectories(target.getParent());
        Files.copy(file.getInputStream(entry), target);
    }
}
