// The job of corneum.abrasion.kernel.strike_tiles in C++: same counters, tables, footprints and counts.
// Written to be as fast as the kernel's own tricks allow: vectors of eight, footprints of known size unrolled.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace {

constexpr int TILE = 64, LANE = 8, SUB_BITS = 6, GRAIN_BITS = 15, SIZE_BITS = 3, CHUNK = 512;
constexpr uint32_t WHOLE = 1u << (32 - GRAIN_BITS);

typedef float Floats __attribute__((vector_size(4 * LANE)));
typedef uint32_t Words __attribute__((vector_size(4 * LANE)));
typedef uint64_t Longs __attribute__((vector_size(4 * LANE)));

struct Work {
    alignas(64) uint32_t cell[2 * CHUNK], print[2 * CHUNK], grain[2 * CHUNK], chance[2 * CHUNK];
    alignas(64) uint32_t limit[TILE * TILE];
    uint16_t kept[CHUNK + 1];
};

// The product of the lower halves of each lane. GCC does not find the one instruction for it by itself.
inline Longs multiply(Longs low, uint32_t by) {
#ifdef __AVX2__
    return (Longs)_mm256_mul_epu32((__m256i)low, _mm256_set1_epi64x(by));
#else
    return (low & 0xFFFFFFFFu) * uint64_t(by);
#endif
}

inline Words join(const Longs* even_odd) { return (Words)((even_odd[0] & 0xFFFFFFFFu) | even_odd[1] << 32); }

void decode(Work& work, int at, Words place, Words choice) {
    const Words grain = choice & ((1u << GRAIN_BITS) - 1), sub = place & ((1u << SUB_BITS) - 1);
    (Words&)work.cell[at] = place >> SUB_BITS & (TILE * TILE - 1);
    (Words&)work.print[at] = grain >> (GRAIN_BITS - SIZE_BITS) << SUB_BITS | sub;
    (Words&)work.grain[at] = grain;
    (Words&)work.chance[at] = choice >> GRAIN_BITS;
}

// Philox4x32-10 for eight counters at a time, the even ones and the odd ones in 64-bit lanes.
void draw(Work& work, int count, uint64_t first, uint32_t tile, uint32_t key0, uint32_t key1) {
    for (int lane = 0; lane < count; lane += LANE) {
        Longs x0[2], x1[2], x2[2], x3[2];
        for (int odd = 0; odd < 2; ++odd) {
            const uint64_t counter = first + lane + odd;
            x0[odd] = Longs{counter, counter + 2, counter + 4, counter + 6};
            x1[odd] = Longs{} + tile;
            x2[odd] = x3[odd] = Longs{};
        }
        uint32_t k0 = key0, k1 = key1;
        for (int round = 0; round < 10; ++round, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u)
            for (int odd = 0; odd < 2; ++odd) {
                const Longs p0 = multiply(x0[odd], 0xD2511F53u), p1 = multiply(x2[odd], 0xCD9E8D57u);
                x0[odd] = p1 >> 32 ^ x1[odd] ^ uint64_t(k0);
                x2[odd] = p0 >> 32 ^ x3[odd] ^ uint64_t(k1);
                x1[odd] = p1;
                x3[odd] = p0;
            }
        decode(work, lane, join(x0), join(x1));
        decode(work, CHUNK + lane, join(x2), join(x3));
    }
}

bool set_limits(Work& work, const float* dose, int64_t ny, int64_t nx, int64_t row0, int64_t col0, float peak) {
    const int down = int(std::min<int64_t>(TILE, ny - row0)), wide = int(std::min<int64_t>(TILE, nx - col0));
    const double scale = double(WHOLE) / peak;
    int32_t least = down == TILE && wide == TILE ? WHOLE : 0;
    std::fill(work.limit, work.limit + TILE * TILE, 0u);
    for (int row = 0; row < down; ++row)
        for (int col = 0; col < wide; ++col) {
            const int32_t limit = int32_t(dose[(row0 + row) * nx + col0 + col] * scale + 0.5);
            work.limit[row * TILE + col] = limit;
            least = std::min(least, limit);
        }
    return least < int32_t(WHOLE);
}

template <int ROWS, int VECTORS>
inline double spread(float* corner, int64_t stride, const float* stencil, const float* grains, const Work& work, int at,
                     int any_rows, int any_vectors) {
    const int rows = ROWS ? ROWS : any_rows, vectors = VECTORS ? VECTORS : any_vectors;
    const float brought = grains[work.grain[at]];
    float* to = corner + (work.cell[at] / TILE) * stride + work.cell[at] % TILE;
    const float* of = stencil + size_t(work.print[at]) * (rows * vectors * LANE);
    for (int row = 0; row < rows; ++row, to += stride)
        for (int vector = 0; vector < vectors; ++vector, of += LANE) {
            Floats shares, sum;
            std::memcpy(&shares, of, sizeof shares);
            std::memcpy(&sum, to + vector * LANE, sizeof sum);
            sum += shares * brought;
            std::memcpy(to + vector * LANE, &sum, sizeof sum);
        }
    return brought;
}

template <int ROWS, int VECTORS>
void strike(float* energy, int64_t stride, int64_t margin, const float* dose, int64_t ny, int64_t nx, const int64_t* tiles,
            int64_t tile_count, const int64_t* counts, const float* peaks, const float* grains, const float* stencil,
            int rows, int vectors, uint32_t key0, uint32_t key1, double* books) {
    Work work;
    const int64_t across = (nx + TILE - 1) / TILE, inset = margin - (rows - 1) / 2;
    for (const int64_t* t = tiles; t < tiles + tile_count; ++t) {
        const int64_t tile = *t, row0 = tile / across * TILE, col0 = tile % across * TILE, candidates = counts[tile];
        if (candidates == 0) continue;
        const bool thin = set_limits(work, dose, ny, nx, row0, col0, peaks[tile]);
        float* corner = energy + (row0 + inset) * stride + col0 + inset;
        double struck = 0, brought = 0;
        for (int64_t first = 0; 2 * first < candidates; first += CHUNK) {
            const int64_t left = candidates - 2 * first;
            draw(work, int(std::min<int64_t>(CHUNK, (left + 1) / 2)), first, uint32_t(tile), key0, key1);
            for (int half = 0; half < 2; ++half) {
                const int begin = half * CHUNK, end = begin + int(std::min<int64_t>(CHUNK, (left + 1 - half) / 2));
                if (thin) {
                    int kept = 0;
                    for (int i = begin; i < end; ++i) {
                        work.kept[kept] = uint16_t(i);
                        kept += work.chance[i] < work.limit[work.cell[i]];
                    }
                    for (int i = 0; i < kept; ++i)
                        brought += spread<ROWS, VECTORS>(corner, stride, stencil, grains, work, work.kept[i], rows, vectors);
                    struck += kept;
                } else {
                    for (int i = begin; i < end; ++i)
                        brought += spread<ROWS, VECTORS>(corner, stride, stencil, grains, work, i, rows, vectors);
                    struck += end - begin;
                }
            }
        }
        books[2 * tile] += struck;
        books[2 * tile + 1] += brought;
    }
}

}  // namespace

extern "C" void strike_tiles(float* energy, int64_t stride, int64_t margin, const float* dose, int64_t ny, int64_t nx,
                             const int64_t* tiles, int64_t tile_count, const int64_t* counts, const float* peaks,
                             const float* grains, const float* stencil, int rows, int vectors, uint32_t key0, uint32_t key1,
                             double* books) {
    auto run = strike<0, 0>;
    if (rows == 3 && vectors == 1) run = strike<3, 1>;
    if (rows == 5 && vectors == 1) run = strike<5, 1>;
    if (rows == 9 && vectors == 2) run = strike<9, 2>;
    run(energy, stride, margin, dose, ny, nx, tiles, tile_count, counts, peaks, grains, stencil, rows, vectors, key0, key1,
        books);
}
