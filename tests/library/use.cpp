// The header in C++.
#include <nerx.h>

#include <cstring>
#include <string>

static bool append(void *user, const char *bytes, size_t length) {
    static_cast<std::string *>(user)->append(bytes, length);
    return true;
}

int main() {
    const char *text = "Angela Merkel reiste nach Paris.";
    nerx_error error = {};
    nerx_options options = {};
    options.language = "de";
    nerx_model *model = nerx_model_default(&error);
    nerx_extractor *extractor = model ? nerx_extractor_new(model, &options, &error) : nullptr;
    const nerx_document *document = extractor ? nerx_extract(extractor, text, std::strlen(text), nullptr, &error) : nullptr;
    std::string out;
    bool done = document && nerx_write(document, NERX_JSONL, nullptr, append, &out, &error);
    nerx_extractor_free(extractor);
    nerx_model_close(model);
    return done && out.find("\"Angela Merkel\"") != std::string::npos ? 0 : 1;
}
