/* The known words of a layer. */
#include "text/vocab.h"

#include "base/hash.h"

#define NO_CASE 0xdfdfdfdfdfdfdfdfU /* without the bit by which upper and lower case differ */

uint64_t vocab_hash(str key) {
    const unsigned char *p = (const unsigned char *)key.ptr;
    size_t left = key.len;
    uint64_t h = left * 0x9e3779b97f4a7c15U;
    for (; left > 8; p += 8, left -= 8) {
        h = (h ^ (hash_word(p) & NO_CASE)) * 0xff51afd7ed558ccdU;
        h ^= h >> 32;
    }
    return hash_mix(h ^ (hash_load(p, left) & NO_CASE));
}

/* The first word of a bucket that looks like `key`, or NERX_NONE. */
static uint32_t likely(const vocab *v, uint32_t from, uint32_t bucket, str key, uint64_t hash) {
    unsigned char check = (unsigned char)(hash ^ (unsigned char)key.ptr[0]);
    for (uint32_t i = from; i < v->buckets[bucket + 1]; i++) {
        if (v->words[i].check == check && v->words[i].length == key.len) return i;
    }
    return NERX_NONE;
}

void vocab_expect(const vocab *v, str key, uint64_t hash, vocab_step step) {
    if (v->bucket_count == 0 || v->filter_count == 0 || key.len == 0) return;
    uint32_t bucket = vocab_bucket(hash, v->bucket_count);
    if (step <= VOCAB_BUCKET) __builtin_prefetch(&v->filter[vocab_filter_at(hash, v->filter_count)]);
    if (step == VOCAB_BUCKET) __builtin_prefetch(&v->buckets[bucket]);
    if (step <= VOCAB_BUCKET) return;
    if (!vocab_may_have(v, hash)) return;
    if (step == VOCAB_WORDS) {
        const char *words = (const char *)&v->words[v->buckets[bucket]];
        __builtin_prefetch(words);
        __builtin_prefetch(words + 64);
        return;
    }
    uint32_t i = likely(v, v->buckets[bucket], bucket, key, hash);
    if (i != NERX_NONE) __builtin_prefetch(v->text + v->words[i].text);
}

uint32_t vocab_find(const vocab *v, str key, uint64_t hash) {
    if (key.len == 0 || !vocab_may_have(v, hash)) return NERX_NONE;
    uint32_t bucket = vocab_bucket(hash, v->bucket_count), i = v->buckets[bucket];
    while ((i = likely(v, i, bucket, key, hash)) != NERX_NONE) {
        if (memcmp(v->text + v->words[i].text, key.ptr, key.len) == 0) return v->first + i;
        i++;
    }
    return NERX_NONE;
}

/* Equal but for the case bit of some bytes. */
static bool alike(const char *a, const char *b, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if ((a[i] ^ b[i]) & 0xdf) return false;
    }
    return true;
}

uint32_t vocab_spelling(const vocab *v, str folded, uint64_t hash) {
    if (folded.len == 0 || !vocab_may_have(v, hash)) return NERX_NONE;
    uint32_t bucket = vocab_bucket(hash, v->bucket_count);
    unsigned char check = (unsigned char)(hash ^ (unsigned char)folded.ptr[0]);
    for (uint32_t i = v->buckets[bucket]; i < v->buckets[bucket + 1]; i++) {
        const word *w = &v->words[i];
        if ((w->check ^ check) & 0xdf || w->length != folded.len) continue;
        if (v->traits[w->traits].variant == VARIANT_ITSELF && alike(v->text + w->text, folded.ptr, folded.len))
            return v->first + i;
    }
    return NERX_NONE;
}

uint32_t vocab_variant(const vocab *v, uint32_t id) {
    uint8_t away = vocab_traits(v, id)->variant;
    if (away == 0 || away == VARIANT_ITSELF) return NERX_NONE;
    if (away != VARIANT_ELSEWHERE) return id + away;
    uint32_t low = 0, high = v->far_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (v->far[middle].fold < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < v->far_count && v->far[low].fold == id ? v->far[low].variant : NERX_NONE;
}

const extra *vocab_extra(const vocab *v, uint32_t id) {
    uint32_t low = 0, high = v->extra_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (v->extras[middle].word < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < v->extra_count && v->extras[low].word == id ? &v->extras[low] : NULL;
}
