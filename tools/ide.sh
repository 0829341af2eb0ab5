# Writes the project files of IntelliJ IDEA (.idea), Eclipse (ide) and VS Code (.vscode, which uses those of Eclipse).
# They are made from the folders below src, test, perf and lib and from the module descriptors. git ignores them. Part
# of build.sh.

ide() {
    rm -rf ide
    eclipse
    vs_code
    intellij
    say "IntelliJ IDEA, VS Code: open $PWD"
    say "Eclipse: File > Import > Existing Projects into Workspace, $PWD/ide"
}

# Prints all modules: those of the application, those that only tests use, and that of make perf.
ide_modules() {
    modules src
    helper_modules
    echo dealbrain.perf
}

# Prints the modules whose descriptor is below test.
helper_modules() { local each; for each in test/*/module-info.java; do basename "$(dirname "$each")"; done; }
is_helper() { [ -e "test/$1/module-info.java" ]; }

# Prints the folder with the sources of a module.
source_folder() {
    local root
    for root in src test perf; do
        if [ -e "$root/$1/module-info.java" ]; then echo "$root/$1"; fi
    done
}

# Prints the folder with the tests of a module, if there are any.
test_folder() { if [ -d "test/$1" ] && ! is_helper "$1"; then echo "test/$1"; fi; }

# Prints the modules of this repository that a module requires, also through others.
required_modules() {
    local each
    for each in $(sed -n 's/^ *requires.* \(dealbrain\.[a-z]*\);.*/\1/p' "$(source_folder "$1")/module-info.java"); do
        echo "$each"
        required_modules "$each"
    done | sort -u
}

# Prints the modules that the tests of a module need and the module itself does not require.
test_modules_of() {
    local each
    for each in $(helper_modules); do
        echo "$each"
        required_modules "$each"
    done | sort -u | grep -vxF "$1
$(required_modules "$1")"
}

# Reads by the tests of a module, as in test_reads of build.sh, without the modules that are on the class path of the
# IDEs.
ide_reads() { tr ',' '\n' <<< "$TEST_READS" | grep -vxF "ALL-UNNAMED
$(helper_modules)"; }

vs_code() {
    mkdir -p .vscode
    cat > .vscode/settings.json <<JSON
{
  "editor.rulers": [120],
  "java.compile.nullAnalysis.mode": "disabled",
  "java.configuration.runtimes": [{"name": "JavaSE-$JDK_NEEDED", "path": "$JDK", "default": true}],
  "java.format.enabled": false,
  "java.import.gradle.enabled": false,
  "java.import.maven.enabled": false,
  "java.test.config": {"name": "dealbrain", "workingDirectory": "\${workspaceFolder}", "vmArgs": ["-ea"]}
}
JSON
    cat > .vscode/launch.json <<JSON
{
  "version": "0.2.0",
  "configurations": [
    {
      "type": "java",
      "name": "dealbrain",
      "request": "launch",
      "mainClass": "dealbrain.app/dealbrain.app.Main",
      "projectName": "dealbrain.app",
      "cwd": "\${workspaceFolder}",
      "vmArgs": "${JVM[*]}"
    },
    {"type": "java", "name": "attach to 5005", "request": "attach", "hostName": "localhost", "port": 5005}
  ]
}
JSON
}
