using System.Runtime.InteropServices;

namespace SharpProbe.Conformance.Usb;

/// <summary>The dozen functions of libusb-1.0 that are needed. Their names and results: libusb.h.</summary>
static unsafe partial class Libusb
{
    public const int Timeout = -7;

    private const string Library = "libusb-1.0";

    // Distributions have the name without a number for developers only.
    static Libusb() => NativeLibrary.SetDllImportResolver(typeof(Libusb).Assembly, (name, assembly, path) =>
    {
        if (name != Library) return 0;
        foreach (string file in new[] { "libusb-1.0.so.0", "libusb-1.0.0.dylib", "libusb-1.0.dll", "libusb-1.0" })
            if (NativeLibrary.TryLoad(file, assembly, path, out nint handle)) return handle;
        throw new DllNotFoundException("libusb-1.0 is not installed (Debian: libusb-1.0-0)");
    });

    [LibraryImport(Library, EntryPoint = "libusb_init")]
    public static partial int Init(nint* context);

    [LibraryImport(Library, EntryPoint = "libusb_get_device_list")]
    public static partial nint List(nint context, nint** list);

    [LibraryImport(Library, EntryPoint = "libusb_free_device_list")]
    public static partial void Free(nint* list, int unreference);

    [LibraryImport(Library, EntryPoint = "libusb_get_device_descriptor")]
    public static partial int Descriptor(nint device, byte* descriptor);

    [LibraryImport(Library, EntryPoint = "libusb_open")]
    public static partial int Open(nint device, nint* handle);

    [LibraryImport(Library, EntryPoint = "libusb_close")]
    public static partial void Close(nint handle);

    [LibraryImport(Library, EntryPoint = "libusb_get_string_descriptor_ascii")]
    public static partial int Text(nint handle, byte index, byte* text, int length);

    [LibraryImport(Library, EntryPoint = "libusb_control_transfer")]
    public static partial int Control(nint handle, byte type, byte request, ushort value, ushort index, byte* data, ushort length, uint milliseconds);

    [LibraryImport(Library, EntryPoint = "libusb_claim_interface")]
    public static partial int Claim(nint handle, int number);

    [LibraryImport(Library, EntryPoint = "libusb_release_interface")]
    public static partial int Release(nint handle, int number);

    [LibraryImport(Library, EntryPoint = "libusb_bulk_transfer")]
    public static partial int Bulk(nint handle, byte endpoint, byte* data, int length, int* done, uint milliseconds);
}
