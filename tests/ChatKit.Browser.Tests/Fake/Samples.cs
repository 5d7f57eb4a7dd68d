namespace ChatKit.Browser.Tests.Fake;

/// <summary>Texts with everything that markdown has.</summary>
internal static class Samples
{
    public const string Rich = """
        A file that does not fit into memory can still be read line by line: `File.ReadLines` hands out one line at a time.

        ## The method

        ```csharp
        /// <summary>Counts the lines that mention a word, in constant memory.</summary>
        public static int CountLines(string path, string word)
        {
            var count = 0;
            foreach (var line in File.ReadLines(path)) // lazily, never the whole file
            {
                if (line.Contains(word, StringComparison.OrdinalIgnoreCase)) count++;
            }

            return count;
        }
        ```

        Why it works:

        1. **Lazy.** `ReadLines` returns an iterator; `ReadAllLines` would return an array.
        2. **Buffered.** The reader under it takes 4 KB at a time:
           - fewer system calls
           - no copy of the whole text
        3. *Closed in time*, because `foreach` disposes the iterator.

        | approach | memory | 1 GB file |
        |---|:--:|---:|
        | `ReadAllLines` | whole file | 6.1 s |
        | `ReadLines` | one line | 3.2 s |

        > Measure before you tune: the disk is often slower than the code.

        See [the documentation](https://learn.microsoft.com/dotnet/api/system.io.file.readlines) for the overloads.
        """;
}
