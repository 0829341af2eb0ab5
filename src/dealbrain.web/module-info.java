import org.jspecify.annotations.NullMarked;

/** Web: the pages for people who are signed in. A client of the API within the process. */
@NullMarked
module dealbrain.web {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // Sessions, in Web
    requires transitive dealbrain.http; // Router, in Web
    requires dealbrain.collections; // what a page of a collection reads
    requires dealbrain.json;
    requires dealbrain.listings; // the texts of a Listing
    requires dealbrain.shares; // the style sheet
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires com.samskivert.jmustache;
    requires io.nayuki.qrcodegen;

    exports dealbrain.web;

    opens dealbrain.web to
            com.samskivert.jmustache; // the records that templates read
}
