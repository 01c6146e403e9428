"""The library as others use it: only nerx_… is visible, and what `meson install` puts somewhere compiles, links and runs
by pkg-config, in C and C++. Usage: test_library.py BUILD CC…"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1))
CC = sys.argv[1:]
del sys.argv[1:]
HERE = pathlib.Path(__file__).resolve().parent
HEADER = HERE.parents[1] / "include/nerx.h"
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]
SANITIZED = "-fsanitize" in (BUILD / "build.ninja").read_text()


def run(*args, **more):
    done = subprocess.run([str(a) for a in args], capture_output=True, **more)
    assert done.returncode == 0, f"{args}: {done.stdout.decode()}{done.stderr.decode()}"
    return done.stdout.decode()


def declared():
    return set(re.findall(r"\b(nerx_\w+)\(", re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.S))) - {"nerx_report", "nerx_sink"}


class Symbols(unittest.TestCase):
    def test_the_header_is_all_there_is(self):
        lines = run("nm", "-D", "--defined-only", BUILD / "libnerx.so").splitlines()
        exported = {line.split()[-1].split("@")[0] for line in lines}
        if SANITIZED:
            exported = {name for name in exported if not name.startswith("__")}
        self.assertEqual(exported, declared())

    def test_the_library_does_not_print_or_exit(self):
        lines = run("nm", "-u", BUILD / "libnerx-core.a").splitlines()
        used = {line.split()[-1] for line in lines if line.startswith(" ")}
        self.assertFalse(used & {"printf", "puts", "putchar", "stdout", "stderr", "exit", "abort", "setlocale", "time",
                                 "gettimeofday", "clock_gettime", "rand", "getenv"})


@unittest.skipIf(SANITIZED, "a program without sanitizers cannot load a library with them")
class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.root = pathlib.Path(cls.temporary.name)
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", env={**os.environ, "DESTDIR": str(cls.root)})
        cls.config = next(cls.root.rglob("nerx.pc"))
        cls.environment = {**os.environ, "PKG_CONFIG_PATH": str(cls.config.parent), "PKG_CONFIG_SYSROOT_DIR": str(cls.root)}
        cls.libraries = next(cls.root.rglob("libnerx.so")).parent

    def flags(self):
        return run("pkg-config", "--cflags", "--libs", "nerx", env=self.environment).split()

    def compile(self, compiler, source, *more):
        program = self.root / source.replace(".", "-")
        run(*compiler, *STRICT, *more, HERE / source, "-o", program, *self.flags())
        return program

    def test_what_is_installed(self):
        names = sorted(str(p.relative_to(self.root)) for p in self.root.rglob("*") if p.is_file() or p.is_symlink())
        self.assertEqual([n.split("/")[-1] for n in names if "/bin/" in n], ["nerx"])
        self.assertEqual([n.split("/")[-1] for n in names if "/include/" in n], ["nerx.h"])
        self.assertEqual([n.split("/")[-1] for n in names if ".so" in n], ["libnerx.so", "libnerx.so.0", "libnerx.so.0.1.0"])

    def test_pkg_config(self):
        self.assertEqual(run("pkg-config", "--modversion", "nerx", env=self.environment), "0.1.0\n")
        self.assertIn("-lnerx", self.flags())

    def test_c_program(self):
        program = self.compile(CC, "use.c", "-std=c11")
        out = run(program, env={**os.environ, "LD_LIBRARY_PATH": str(self.libraries)})
        self.assertIn("Angela\tB-PER\nMerkel\tI-PER\n", out)
        self.assertIn("Paris\tB-LOC\n", out)

    @unittest.skipUnless(shutil.which("c++"), "there is no C++ compiler")
    def test_cplusplus_program(self):
        program = self.compile(["c++"], "use.cpp", "-std=c++11", "-Wno-missing-field-initializers")
        run(program, env={**os.environ, "LD_LIBRARY_PATH": str(self.libraries)})

    def test_the_installed_program(self):
        program = next(p for p in self.root.rglob("nerx") if "bin" in p.parts)
        out = run(program, "-f", "conll", input="Angela Merkel kam nach Paris.".encode())
        self.assertIn("Paris\tB-LOC\n", out)


class Header(unittest.TestCase):
    def test_alone_and_strict(self):
        for standard in ("c11", "c17"):
            run(*CC, *STRICT, f"-std={standard}", "-fsyntax-only", "-x", "c", HEADER)

    @unittest.skipUnless(shutil.which("c++"), "there is no C++ compiler")
    def test_as_cplusplus(self):
        for standard in ("c++11", "c++20"):
            run("c++", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-std={standard}", "-fsyntax-only", "-x", "c++", HEADER)


if __name__ == "__main__":
    unittest.main(verbosity=1)
