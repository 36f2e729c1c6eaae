"""Evaluates hostile expressions, each in a forked child, and prints what each cost. Run by test_bounds.py."""

import json
import os
import resource
import sys
import time

from engine.feel import FeelError, dump, evaluate

_GROW = "return if i = 1 then {seed} else {step}"

CASES: dict[str, str] = {
    "100 kB of sums": "1+" * 50_000 + "1",
    "100 kB of one text": '"' + "a" * 100_000 + '"',
    "100 kB of comments that do not close": "/*" * 50_000,
    "48 kB of sums": "1+" * 24_000 + "1",
    "48 kB of unclosed comments": "1 /*" * 12_000,
    "48 kB of quotes": '"' * 47_999,
    "48 kB of names": "a " * 24_000,
    "48 kB of paths": "a" + ".a" * 24_000,
    "48 kB of filters": "a" + "[1]" * 16_000,
    "48 kB of calls": "a" + "()" * 24_000,
    "48 kB of comparisons": "1" + "=1" * 24_000,
    "48 kB of iterators": "for " + ",".join(["a in [1]"] * 5_000) + " return 1",
    "48 kB of else if": "if a then 1 else " * 2_800 + "1",
    "48 kB of ranges in tests": "1 in (" * 8_000,
    "10,000 brackets": "(" * 10_000 + "1" + ")" * 10_000,
    "10,000 square brackets": "[" * 10_000 + "]" * 10_000,
    "10,000 contexts": "{a:" * 10_000 + "1" + "}" * 10_000,
    "10,000 minus signs": "-" * 10_000 + "1",
    "10,000 nots": "not(" * 10_000 + "true" + ")" * 10_000,
    "nested in-tests that go on": "1 in (" * 90 + "1" + ")+1" * 90,
    "tower of powers": "9**9**9**9",
    "a power of a power": "(9**300)**9",
    "a number of 40,000 digits": "9" * 40_000,
    "a number with a huge exponent": "1e999999999999",
    "multiplications without end": "for i in 1..100000 return if i = 1 then 9 else partial[-1] * partial[-1]",
    "decimal with a huge scale": "decimal(1/3, 10**30)",
    "decimal of a huge number": "decimal(9**380, 6000)",
    "rounding a tiny number": "round up(1/9**380, -6000)",
    "exp of a large number": "exp(10**20)",
    "many logarithms": "for i in 1..10**6 return log(i)",
    "many powers": "for i in 1..10**6 return 1.000001 ** i",
    "a modulo of far numbers": "modulo(9**380, 7/9**380)",
    "for over 10**9": "for i in 1..10**9 return i",
    "for over 10**300": "for i in 1..10**300 return i",
    "for over a range of 10**9": "for i in [1..10**9] return i",
    "nested for": "for i in 1..10**5, j in 1..10**5 return i",
    "for in for": "for i in 1..10**5 return for j in 1..10**5 return j",
    "for over all days": 'for d in @"0001-01-01"..@"9999-12-31" return d',
    "some over 10**9": "some i in 1..10**9 satisfies i < 0",
    "every over 10**9": "every i in 1..10**9 satisfies i > 0",
    "for with a heavy body": "for i in 1..10**9 return " + "+".join(["i"] * 1000),
    "partial copied each time": "for i in 1..10**6 return partial",
    "a filter in a filter": "(for i in 1..2000 return i)[count((for j in 1..2000 return j)[item > 0]) > 0]",
    "a text doubled": "for i in 1..60 " + _GROW.format(seed='"aaaaaaaaaa"', step="partial[-1] + partial[-1]"),
    "a text joined": "for i in 1..60 "
    + _GROW.format(seed='"aaaaaaaaaa"', step="string join([partial[-1], partial[-1], partial[-1]])"),
    "a text replaced": "for i in 1..60 " + _GROW.format(seed='"aaaaaaaaaa"', step='replace(partial[-1], "a", "aa")'),
    "a text replaced at every place": "replace("
    + 'string join(for i in 1..5000 return "aaaaaaaaaa"), "", "bbbbbbbbbbbbbbbbbbbb")',
    "a text replaced by a long one": 'replace("' + "a" * 20_000 + '", "a", "' + "b" * 290 + '")',
    "a text replaced by many empty groups": 'replace("' + "a" * 20_000 + '", "(x?)a", "' + "$1" * 10_000 + '")',
    "a grown replacement full of groups": 'for i in 1..2 return replace("aaaa", "(x?)a", '
    + 'string join(for i in 1..300 return "'
    + "$1" * 5_000
    + '"))',
    "a text replaced by itself many times": 'replace("' + "a" * 20_000 + '", ".*", "' + "$0" * 10_000 + '")',
    "a text upper-cased": "for i in 1..100000 return upper case(" + '"' + "x" * 10_000 + '")',
    "a text searched": 'for i in 1..100000 return contains("' + "a" * 10_000 + '", "' + "a" * 5_000 + 'b")',
    "texts compared": 'for i in 1..100000 return "' + "a" * 20_000 + '" = "' + "a" * 20_000 + '"',
    "a text split": 'for i in 1..100000 return split("' + "a," * 5_000 + '", ",")',
    "a list doubled": "for i in 1..60 " + _GROW.format(seed="[1,2,3]", step="concatenate(partial[-1], partial[-1])"),
    "a list appended to itself": "for i in 1..60 " + _GROW.format(seed="[1]", step="append(partial[-1], partial[-1])"),
    "a list of lists flattened": "for i in 1..60 "
    + _GROW.format(seed="[1]", step="flatten([partial[-1], partial[-1], partial[-1]])"),
    "a shared list flattened": "flatten((for i in 1..60 "
    + _GROW.format(seed="[1]", step="[partial[-1], partial[-1]]")
    + ")[-1])",
    "a shared list written": "string((for i in 1..60 "
    + _GROW.format(seed="[1]", step="[partial[-1], partial[-1]]")
    + ")[-1])",
    "shared lists compared": "{a: (for i in 1..60 "
    + _GROW.format(seed="[1]", step="[partial[-1], partial[-1]]")
    + ")[-1], b: (for i in 1..60 "
    + _GROW.format(seed="[1]", step="[partial[-1], partial[-1]]")
    + ")[-1], c: a = b}.c",
    "a shared list kept": "(for i in 1..60 " + _GROW.format(seed="[1]", step="[partial[-1], partial[-1]]") + ")[-1]",
    "a shared list's path": "(for i in 1..60 "
    + _GROW.format(seed="[{a: 1}]", step="[partial[-1], partial[-1]]")
    + ")[-1].a",
    "a list nested deeply": "for i in 1..5000 " + _GROW.format(seed="[1]", step="[partial[-1]]"),
    "a deep list written": "string((for i in 1..400 " + _GROW.format(seed="[1]", step="[partial[-1]]") + ")[-1])",
    "contexts merged": "for i in 1..60 "
    + _GROW.format(seed="{a: 1}", step='context put(partial[-1], "b" + string(i), partial[-1])'),
    "unions": "for i in 1..10**6 return union([1,2,3],[4,5,6])",
    "distinct lists": "distinct values(for i in 1..20000 return [i])",
    "a backtracking pattern": 'matches("' + "a" * 40 + '!", "(a+)+$")',
    "a backtracking pattern on 40,000": 'matches("' + "a" * 40_000 + '!", "(a|aa)+$")',
    "a counted pattern": 'matches("' + "a" * 20_000 + '", "((a{1,30}){1,30}){1,30}")',
    "many patterns": 'for i in 1..10**6 return matches("aaaa", "a{" + string(i) + "}")',
    "many heavy patterns": 'for i in 1..10**6 return matches("' + "a" * 1000 + '", "(a{1,100}){1,9}" + string(i))',
    "a long pattern": 'matches("a", "' + "(a|b)" * 5_000 + '")',
    "endless recursion": "{f: function(n) f(n + 1), r: f(1)}.r",
    "branching recursion": "{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(35)}.r",
    "functions made of functions": "(function(f) f(f))(function(f) f(f))",
    "a sort that lies": "sort(for i in 1..3000 return i, function(a, b) true)",
    "a sort without end": "sort(for i in 1..10**5 return i, function(a, b) a > b)",
    "a sort that recurses": "{f: function(a, b) count(sort([3,2,1], f)) > 0, r: sort([1,2,3], f)}.r",
    "list replace over and over": "for i in 1..10**6 return list replace([1,2,3], function(a, b) true, 4)",
    "substrings": 'for i in 1..10**6 return substring("' + "a" * 20_000 + '", 1)',
    "lengths": 'for i in 1..10**6 return string length("' + "a" * 20_000 + '")',
    "numbers from text": 'for i in 1..10**6 return number("1.5")',
    "ranges from text": 'for i in 1..10**6 return range("[1..5]")',
    "dates from text": 'for i in 1..10**6 return date and time("2026-01-01T00:00:00@Europe/London")',
    "durations multiplied": 'duration("P999999999999Y") * 10**300',
    "days multiplied": 'duration("P99999999D") * 10**300',
    "years added": '@"9999-12-31" + duration("P9999Y")',
}


def cost(expression: str) -> dict[str, object]:
    """Evaluate and keep the value; say how it ended."""
    begun = time.process_time()
    try:
        dump(evaluate(expression))
        ended = "value"
    except FeelError as error:
        ended = type(error).__name__
    seconds = time.process_time() - begun
    return {"ended": ended, "seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    evaluate('matches("a", "a")')
    for name, expression in CASES.items():
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, json.dumps(cost(expression)).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as answer:
            text = answer.read()
        _, status = os.waitpid(child, 0)
        found = json.loads(text) if text else {"ended": f"died with {status}", "seconds": 0, "peak_mb": 0}
        sys.stdout.write(json.dumps({"name": name, **found}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
