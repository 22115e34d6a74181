using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Statics
{
    static readonly uint[] s_frozen = [5, 6, 7];
    static int[] s_table = [1, 2, 3, 4];
    static object? s_reference;
    static int s_number = 41;
    static string s_text = "text";

    static class Lazy
    {
        internal static int Runs;
        internal static readonly int Value = Compute();

        static int Compute()
        {
            Runs++;
            return Opaque(77);
        }
    }

    struct Guard : System.IDisposable
    {
        public readonly void Dispose() => s_number = 50;
    }

    static int Finally()
    {
        using var guard = new Guard();
        try
        {
            s_number = 48;
            if (Opaque(true)) return s_number;
        }
        finally
        {
            s_number++;
        }
        return 0;
    }

    internal static void Run()
    {
        Check(s_frozen[Opaque(1)] == 6, "a frozen array"u8);
        s_table[Opaque(2)]++;
        Check(s_table[2] == 4, "a static array can be written"u8);
        s_number++;
        Check(s_number == 42, "an initialised static"u8);
        Check(Finally() == 48 && s_number == 50, "finally and using run on the way out"u8);
        s_reference = new object();
        Check(s_reference is not null, "a static reference"u8);
        s_text = Opaque("other");
        Check(s_text == "other", "a static string"u8);
        Check(Lazy.Value == 77 && Lazy.Value == 77 && Lazy.Runs == 1, "a static constructor runs once"u8);
    }
}
