using SharpProbe.Build;
using SharpProbe.Build.Compile;
using SharpProbe.Build.Elf;

namespace SharpProbe.Tests.Build;

using Target = SharpProbe.Build.Compile.Target;             // not the firmware's namespace

/// <summary>The program of hosttests/build/target, built by the driver's own code.</summary>
public sealed class BuiltImage
{
    public BuiltImage()
    {
        Target target = new("intrinsic-sites", [Repository.At("hosttests", "build", "target")], [Repository.At("hosttests", "target")], Placement.Own);
        ImageBuilder.Build(target);
        Elf = target.File(".elf");
        Base = Path.ChangeExtension(Elf, null);
    }

    public string Elf { get; }

    /// <summary>Path of the outputs without extension.</summary>
    public string Base { get; }

    /// <summary>Instructions of a function, one line each, blanks collapsed. By address: objdump looks for one of the names at an address only.</summary>
    public List<string> Disassemble(string symbol)
    {
        ElfSymbol found = ElfObject.Read(Elf).Symbols.First(candidate => candidate.Name == symbol);
        uint start = found.Value & ~1u;
        return Shell.Capture("arm-none-eabi-objdump", ["-d", "--no-show-raw-insn", $"--start-address={start}", $"--stop-address={start + found.Size}", Elf]).Output
            .SkipWhile(line => !line.EndsWith(">:", StringComparison.Ordinal)).Skip(1)
            .Where(line => line.Contains(':'))
            .Select(line => string.Join(' ', line[(line.IndexOf(':') + 1)..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)))
            .ToList();
    }
}
