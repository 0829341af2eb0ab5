# The libraries of a release and their licences, listed by two Maven plugins (lib/pom.xml). Part of build.sh.

LICENCES=build/licences

# Writes sbom.json (CycloneDX) and THIRD-PARTY.txt. Fails on a library whose licence lib/pom.xml does not allow.
check_licences() {
    if fresh $LICENCES/.listed lib/pom.xml VERSION tools/licences.sh; then return; fi
    say "listing the libraries and their licences ..."
    rm -rf $LICENCES
    maven -f lib/pom.xml org.cyclonedx:cyclonedx-maven-plugin:makeBom \
        org.codehaus.mojo:license-maven-plugin:add-third-party -Drevision="$VERSION" \
        -Dlicences.folder="$PWD/$LICENCES" -Dpostgres.platform="$(platform)" \
        -Dproject.build.outputTimestamp=1 ||
        die "a library has a licence that lib/pom.xml does not allow, or none; see the output of Maven above"
    touch $LICENCES/.listed
}
