using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SharpProbe.Sim.View;

/// <summary>
/// Texts of a program's instructions by address, from binutils' objdump, which the build needs anyway: an opinion on the encodings that does not share this simulator's mistakes.
/// Without objdump, and for code that was copied elsewhere, the trace shows halfwords.
/// </summary>
public sealed class Disassembly
{
    private readonly Dictionary<uint, string> _texts = [];

    public static Disassembly Empty { get; } = new();

    /// <summary>Reads the executable sections of an ELF file; empty when objdump is missing or fails.</summary>
    public static Disassembly OfElf(string path)
    {
        var result = new Disassembly();
        var start = new ProcessStartInfo("arm-none-eabi-objdump", ["-d", "--no-show-raw-insn", "-w", path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start);
            if (process is null) return result;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            while (process.StandardOutput.ReadLine() is { } line) result.Add(line);
            process.WaitForExit();
        }
        catch (Win32Exception) { }
        return result;
    }

    /// <summary>Mnemonic and operands, or null.</summary>
    public string? this[uint address] => _texts.GetValueOrDefault(address);

    // " 8000010:\tmovs\tr0, #1": an address, a colon, tabs between the columns.
    private void Add(string line)
    {
        int colon = line.IndexOf(":\t", StringComparison.Ordinal);
        if (colon < 0 || !uint.TryParse(line.AsSpan(0, colon).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint address)) return;
        int comment = line.IndexOf("\t@", StringComparison.Ordinal);
        _texts[address] = line[(colon + 2)..(comment < 0 ? line.Length : comment)].Trim().Replace('\t', ' ');
    }
}
