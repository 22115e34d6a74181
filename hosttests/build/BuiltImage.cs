using SharpProbe.Build;
using SharpProbe.Build.Compile;

namespace SharpProbe.Tests.Build;

/// <summary>The program of hosttests/build/target, built by the driver's own code.</summary>
public sealed class BuiltImage
{
    public BuiltImage()
    {
        Target target = new("intrinsic-sites", [Repository.At("hosttests", "build", "target")], [Repository.At("hosttests", "target")]);
        ImageBuilder.Build(target);
        Elf = target.File(".elf");
        Base = Path.ChangeExtension(Elf, null);
    }

    public string Elf { get; }

    /// <summary>Path of the outputs without extension.</summary>
    public string Base { get; }

    /// <summary>Instructions of a function, one line each, blanks collapsed.</summary>
    public List<string> Disassemble(string symbol) =>
        Shell.Capture("arm-none-eabi-objdump", ["-d", "--no-show-raw-insn", $"--disassemble={symbol}", Elf]).Output
            .SkipWhile(line => !line.EndsWith($"<{symbol}>:", StringComparison.Ordinal)).Skip(1)
            .Where(line => line.Contains(':'))
            .Select(line => string.Join(' ', line[(line.IndexOf(':') + 1)..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)))
            .ToList();
}
