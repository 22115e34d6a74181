using SharpProbe.Build.Compile;
using SharpProbe.Build.Elf;
using SharpProbe.Build.Setup;

namespace SharpProbe.Build.Verbs;

/// <summary>disasm SYMBOL [--board NAME]: the instructions of every function whose name contains SYMBOL (dots as in C#), with source lines.</summary>
static class DisasmVerb
{
    public static int Run(string symbol, string board)
    {
        Installer.Require(Tool.Disassembler);
        FirmwareVerb.Run(board, nearCalls: true);
        Target target = Target.Named(board)[0];
        string wanted = symbol.Replace('.', '_');
        List<ElfSymbol> functions = ElfObject.Read(target.File(".elf")).Symbols
            .Where(candidate => candidate.Type == ElfSymbol.Function && candidate.Name.Replace("__", "_").Contains(wanted.Replace("__", "_"), StringComparison.OrdinalIgnoreCase))
            .DistinctBy(candidate => candidate.Value)
            .OrderBy(candidate => candidate.Name, StringComparer.Ordinal).ToList();
        if (functions.Count == 0) throw new BuildError($"{board} has no function whose name contains \"{symbol}\": it may be inlined everywhere");
        foreach (ElfSymbol function in functions)
        {
            uint start = function.Value & ~1u;                   // by address: objdump looks for one of the names at an address only
            ShellResult result = Shell.Capture(Tool.Disassembler.Program, ["-d", "-S", "--no-show-raw-insn", $"--start-address={start}", $"--stop-address={start + function.Size}", target.File(".elf")]);
            foreach (string line in result.Output.SkipWhile(line => !line.EndsWith(">:", StringComparison.Ordinal))) Console.WriteLine(line);
            Console.WriteLine();
        }
        return 0;
    }
}
