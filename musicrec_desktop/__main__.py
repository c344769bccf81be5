"""`python -m musicrec_desktop` is `musicrec`."""

if __name__ == "__main__":  # child processes load this file under another name, and need nothing of it
    from musicrec_desktop.cli import main

    main()
