import org.jspecify.annotations.NullMarked;

/** Recognition: reads an offer from its title, its text or its page, and drafts a listing. Never opens a connection. */
@NullMarked
module dealbrain.recognition {
    requires static transitive org.jspecify;
    requires transitive dealbrain.listings; // ListingInput, in ParseResult
    requires org.jsoup;

    exports dealbrain.recognition;

    opens dealbrain.recognition to
            com.fasterxml.jackson.databind; // JSON of the records
}
