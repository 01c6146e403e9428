/* Optimal one-to-one assignment. */
#include "eval/assign.h"

#include <stdlib.h>

/* One side has n rows, the other m >= n columns; both count from 1, so that 0 is "none". */
typedef struct problem {
    const int64_t *weights;
    uint32_t n, m, stride;
    bool turned;
    int64_t *row_price, *column_price, *slack; /* potentials; smallest reduced cost of a column so far */
    uint32_t *owner;                           /* row that has the column */
    uint32_t *way;                             /* column from which the column was reached */
    bool *visited;
} problem;

static int64_t cost(const problem *p, uint32_t row, uint32_t column) {
    row--, column--;
    return -(p->turned ? p->weights[(size_t)column * p->stride + row] : p->weights[(size_t)row * p->stride + column]);
}

/* One step of the search: lowers the slacks by the row that was reached, returns the nearest column. */
static uint32_t advance(problem *p, uint32_t from) {
    uint32_t row = p->owner[from], nearest = 0;
    int64_t delta = INT64_MAX;
    for (uint32_t j = 1; j <= p->m; j++) {
        if (p->visited[j]) continue;
        int64_t reduced = cost(p, row, j) - p->row_price[row] - p->column_price[j];
        if (reduced < p->slack[j]) {
            p->slack[j] = reduced;
            p->way[j] = from;
        }
        if (p->slack[j] < delta) {
            delta = p->slack[j];
            nearest = j;
        }
    }
    for (uint32_t j = 0; j <= p->m; j++) {
        if (p->visited[j]) {
            p->row_price[p->owner[j]] += delta;
            p->column_price[j] -= delta;
        } else {
            p->slack[j] -= delta;
        }
    }
    return nearest;
}

static void add_row(problem *p, uint32_t row) {
    for (uint32_t j = 0; j <= p->m; j++) {
        p->slack[j] = INT64_MAX / 2;
        p->visited[j] = false;
    }
    p->owner[0] = row;
    uint32_t column = 0;
    do {
        p->visited[column] = true;
        column = advance(p, column);
    } while (p->owner[column]);
    while (column) {
        p->owner[column] = p->owner[p->way[column]];
        column = p->way[column];
    }
}

static void read_matches(const problem *p, uint32_t *match, uint32_t rows) {
    for (uint32_t i = 0; i < rows; i++)
        match[i] = NERX_NONE;
    for (uint32_t j = 1; j <= p->m; j++) {
        if (!p->owner[j] || !cost(p, p->owner[j], j)) continue;
        uint32_t row = p->turned ? j : p->owner[j], column = p->turned ? p->owner[j] : j;
        match[row - 1] = column - 1;
    }
}

bool assign(const int64_t *weights, uint32_t rows, uint32_t columns, uint32_t *match) {
    problem p = {.weights = weights, .stride = columns, .turned = rows > columns};
    p.n = p.turned ? columns : rows;
    p.m = p.turned ? rows : columns;
    if (p.n == 1 && p.m == 1) {
        match[0] = weights[0] ? 0 : NERX_NONE;
        return true;
    }
    size_t width = (size_t)p.m + 1;
    int64_t *numbers = calloc(3 * width, sizeof *numbers);
    uint32_t *indices = calloc(2 * width, sizeof *indices);
    p.visited = calloc(width, sizeof *p.visited);
    bool solved = numbers && indices && p.visited;
    if (solved) {
        p.row_price = numbers;
        p.column_price = numbers + width;
        p.slack = numbers + 2 * width;
        p.owner = indices;
        p.way = indices + width;
        for (uint32_t row = 1; row <= p.n; row++)
            add_row(&p, row);
        read_matches(&p, match, rows);
    }
    free(numbers);
    free(indices);
    free(p.visited);
    return solved;
}
