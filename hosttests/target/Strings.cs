using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Strings
{
    internal static void Run()
    {
        string text = Opaque("probe");
        Check(text.Length == 5 && text[Opaque(4)] == 'e', "length and index"u8);
        Check(text == "probe" && text != "Probe", "equality"u8);
        Check("sharp" + text == "sharpprobe", "concatenation"u8);
        Check(text.Substring(1, 3) == "rob", "substring"u8);
        Check(string.IsNullOrEmpty(null) && !string.IsNullOrEmpty(text), "null or empty"u8);
        Check(text switch { "wire" => 1, "probe" => 2, _ => 3 } == 2, "a switch on strings"u8);
    }
}
