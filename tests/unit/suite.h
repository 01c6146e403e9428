/* The main function of a Check program with one test case. */
#ifndef TESTS_SUITE_H
#define TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

#define SUITE_MAIN(name, ...)                                                                                          \
    int main(void) {                                                                                                   \
        const TTest *tests[] = {__VA_ARGS__};                                                                          \
        Suite *suite = suite_create(name);                                                                             \
        TCase *tests_case = tcase_create(name);                                                                        \
        tcase_set_timeout(tests_case, 300);                                                                            \
        for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)                                                      \
            tcase_add_test(tests_case, tests[i]);                                                                      \
        suite_add_tcase(suite, tests_case);                                                                            \
        SRunner *runner = srunner_create(suite);                                                                       \
        srunner_run_all(runner, CK_NORMAL);                                                                            \
        int failed = srunner_ntests_failed(runner);                                                                    \
        srunner_free(runner);                                                                                          \
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;                                                                   \
    }

#endif
