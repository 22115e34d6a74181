using System.Text;
using SharpProbe.Build.Compile;
using SharpProbe.Build.Elf;
using SharpProbe.Build.PostLink;

namespace SharpProbe.Build.Link;

/// <summary>Flash and RAM of an image: code by namespace, the rest by section. In bytes.</summary>
static class SizeTable
{
    private static readonly (string Section, string Meaning, bool Flash, bool Ram)[] Rows =
    [
        (".vectors", "vector table", true, false),
        (".rodata", "constants and type data", true, false),
        (".symbols", "function names for crash reports", true, false),
        (".data", "initialised data", true, true),
        (".fill", "to a whole flash word", true, false),
        (".bss", "zeroed data", false, true),
        (".noinit", "crash record", false, true),
        (".dma", "DMA buffers", false, true),
        (".trace", "ring of SWO", false, true),
        (".heap", "heap", false, true),
        (".stack", "stacks and guard", false, true),
    ];

    public static string Write(string name, ElfObject elf, RewriteReport report, IEnumerable<MethodName> methods)
    {
        Dictionary<string, string> spaces = [];
        foreach (MethodName method in methods) spaces.TryAdd(method.LinkerName, method.Namespace == "" ? "(compiler generated)" : method.Namespace);
        Dictionary<string, uint> code = [];
        foreach (Function function in report.Functions.Where(function => !function.IsDropped))
        {
            string space = spaces.GetValueOrDefault(function.Name, "(compiler generated)");
            code[space] = code.GetValueOrDefault(space) + function.NewSize;
        }
        uint text = Size(elf, ".text"), counted = (uint)code.Values.Sum(value => value);
        StringBuilder table = new();
        uint flash = 0, ram = 0;
        table.Append($"{name,-44}{"flash",10}{"RAM",10}\n");
        foreach ((string space, uint size) in code.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Row(space, size, 0);
        Row("(padding and delegate helpers)", text - counted, 0);
        foreach ((string section, string meaning, bool inFlash, bool inRam) in Rows)
        {
            uint size = Size(elf, section);
            Row($"{section} {meaning}", inFlash ? size : 0, inRam ? size : 0);
        }
        uint totalFlash = flash, totalRam = ram;
        Row("total", totalFlash, totalRam);
        return table.ToString();

        void Row(string label, uint inFlash, uint inRam)
        {
            flash += inFlash;
            ram += inRam;
            table.Append($"{label,-44}{inFlash,10}{inRam,10}\n");
        }
    }

    private static uint Size(ElfObject elf, string section) => elf.Section(section)?.Size ?? 0;
}
