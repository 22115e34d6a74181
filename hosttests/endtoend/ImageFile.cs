using System.Buffers.Binary;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>An ELF file with nothing but a section of data at an address, which gdb loads and compares.</summary>
internal sealed class ImageFile : IDisposable
{
    private static readonly byte[] s_names = [.. "\0.text\0.shstrtab\0"u8];

    public ImageFile(byte[] data, uint address)
    {
        const int header = 52, program = 32, section = 40;
        int at = header + program, names = at + data.Length, sections = (names + s_names.Length + 3) & ~3;
        byte[] file = new byte[sections + 3 * section];
        void Half(int where, int value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(where), (ushort)value);
        void Words(int where, params uint[] values)
        {
            foreach (uint value in values)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(where), value);
                where += 4;
            }
        }
        ((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1]).CopyTo(file);
        Words(16, 40 << 16 | 2, 1, address | 1, header, (uint)sections, 0x0500_0000);          // ET_EXEC, EM_ARM, entry, headers, EABI 5
        Half(40, header); Half(42, program); Half(44, 1); Half(46, section); Half(48, 3); Half(50, 2);
        Words(header, 1, (uint)at, address, address, (uint)data.Length, (uint)data.Length, 5, 4);
        data.CopyTo(file, at);
        s_names.CopyTo(file, names);
        Words(sections + section, 1, 1, 6, address, (uint)at, (uint)data.Length, 0, 0, 4);      // .text: SHT_PROGBITS, SHF_ALLOC and SHF_EXECINSTR
        Words(sections + 2 * section, 7, 3, 0, 0, (uint)names, (uint)s_names.Length, 0, 0, 1);
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(Path, file);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
