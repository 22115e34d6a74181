using SharpProbe.Build.Compile;

namespace SharpProbe.Build.Verbs;

/// <summary>size [--board NAME|all]: flash and RAM by namespace.</summary>
static class SizeVerb
{
    public static int Run(string board)
    {
        FirmwareVerb.Run(board, nearCalls: true);
        foreach (Target target in Target.Named(board)) Console.Write("\n" + File.ReadAllText(target.File(".size.txt")));
        return 0;
    }
}
