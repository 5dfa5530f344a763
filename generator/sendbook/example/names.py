# ruff: noqa: E501, RUF001 - names stand in lists, and some are written with a dotless i
"""Invented people's names, by where a family's names come from, so that given and family names go together.

The names are common ones put together by chance; the mixture is that of British schools, not of any one school.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Heritage:
    """Names that are found together, with the codes and languages that go with them."""

    weight: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    ethnicities: tuple[str, ...]
    languages: tuple[str, ...]


def _heritage(weight: int, ethnicities: str, languages: str, *names: str) -> Heritage:
    girls, boys, women, men, surnames = (tuple(text.split()) for text in names)
    return Heritage(
        weight=weight,
        girls=girls,
        boys=boys,
        women=women,
        men=men,
        surnames=surnames,
        ethnicities=tuple(ethnicities.split()),
        languages=tuple(languages.split()),
    )


HERITAGES: tuple[Heritage, ...] = (
    _heritage(
        34, "WBRI", "English",
        "Amelia Beatrice Bethany Caitlin Daisy Edith Eleanor Evie Freya Georgia Harriet Imogen Isla Jessica Lottie "
        "Maisie Martha Matilda Molly Nell Phoebe Poppy Rosie Tabitha Willow",
        "Alfie Archie Arthur Barnaby Callum Charlie Edwin Felix Finley Frederick George Harvey Hugo Jasper Jude Kit "
        "Laurie Leo Ned Oscar Reuben Rufus Stanley Toby Wilfred",
        "Alison Becky Claire Debbie Emma Gemma Hannah Joanne Kerry Laura Lisa Melanie Nicola Rachel Sally Vicky",
        "Adam Andy Craig Darren Gareth Ian Jonathan Lee Mark Neil Paul Richard Simon Stuart Tim Wayne",
        "Ainsworth Ashdown Barlow Bickerstaff Birtwistle Chadwick Clegg Cobbold Drinkwater Entwistle Fairclough Fenwick "
        "Garside Greenhalgh Hartshorn Hathersage Holroyd Kershaw Lockwood Marsden Nuttall Ollerenshaw Pickersgill "
        "Priestnall Ravenscroft Shuttleworth Stubbs Threlfall Tunnicliffe Wagstaff Whitworth Winterbottom Armitage-Hill "
        "Cole-Hamer Pryce-Webb",
    ),
    _heritage(
        10, "WBRI WIRI", "English",
        "Aoife Bronwen Carys Ceri Ciara Eilidh Ffion Gráinne Iona Mairi Mared Niamh Nia Orla Róisín Saoirse Seren Siân",
        "Aled Angus Cai Cathal Cian Dewi Emrys Euan Fergus Fionn Gethin Ioan Lorcan Macsen Oisín Rhodri Ruairi Séamus",
        "Aisling Catrin Deirdre Fiona Gwenllian Lowri Mhairi Sinéad Una",
        "Alasdair Conor Declan Dylan Gwilym Hamish Iestyn Padraig Ultan",
        "Bevan Brannigan Cadwallader Devaney Dougall Gilchrist Gwilliam Kinsella Maddocks McAllister McIlroy-Dunn "
        "MacFadyen O'Carroll O'Dwyer O'Halloran Prosser Rafferty Tierney",
    ),
    _heritage(
        9, "AIND", "English Gujarati Punjabi Hindi Tamil",
        "Aarushi Anoushka Diya Harleen Ishani Jasleen Kavya Meera Navneet Prisha Riya Simran Tanvi",
        "Aarav Arjan Dev Harjot Ishaan Jaskaran Karan Nikhil Pranav Rohan Sahil Vihaan Yuvraj",
        "Bhavna Gurpreet Hema Jaspreet Komal Manisha Parminder Rekha",
        "Ajay Baljit Dinesh Gurdeep Hitesh Mahesh Rajesh Sukhdev",
        "Bains Chauhan Dhaliwal Gohil Iyer Jagpal Khatri Mistry Panesar Raval Sandhu Thakrar Venkataraman",
    ),
    _heritage(
        9, "APKN ABAN AOTH", "English Urdu Bengali Punjabi Pashto",
        "Aisha Anisa Fatimah Hafsa Iqra Khadija Maryam Nusrat Safiya Sumaiya Zainab Zoya",
        "Adil Bilal Danyal Haris Idris Junaid Musa Rayhan Saif Tariq Yusuf Zakariya",
        "Farzana Nasreen Rukhsana Sabina Shazia Yasmin",
        "Faisal Kamran Naveed Rashid Shafiq Waseem",
        "Akhtar Begum Chowdhury Haque Iqbal Mahmood Malik Mirza Qureshi Rahman Siddiqui Uddin",
    ),
    _heritage(
        8, "BAFR", "English Yoruba Igbo Twi Shona",
        "Abena Adaeze Akosua Bolanle Chiamaka Efua Folake Ifeoma Kemi Nyasha Temperance Tiwa",
        "Ayo Chidi Ebuka Femi Jideofor Kofi Kwabena Obinna Seun Tafadzwa Tobenna Yaw",
        "Abiola Comfort Grace Ngozi Patience Yetunde",
        "Emmanuel Kwame Olumide Samuel Tendai Uche",
        "Adeyemi Afolabi Agyeman Asante Chikezie Dlamini-Moyo Eze Mensah Nwachukwu Ogunleye Okonjo Quaye",
    ),
    _heritage(
        6, "BCRB MWBC", "English",
        "Amara Chantelle Imani Jada Kiana Makayla Renée Shanelle Tamara Zaria",
        "Andre Dante Isaiah Jaydon Kymani Malachi Omari Raheem Tyrell Zion",
        "Beverley Claudette Marcia Natalie Sharon Yvonne",
        "Clive Delroy Errol Leroy Trevor Winston",
        "Baptiste Bogle Campbell-Reid Dacres Francis Gayle Hylton Larmond Pinnock Sinclair-Boyd Whyte",
    ),
    _heritage(
        7, "WOTH", "Polish Romanian Lithuanian English",
        "Agnieszka Ana Dominika Gabija Ieva Kinga Maja Oliwia Roxana Zuzanna",
        "Andrei Bartosz Dominykas Filip Jakub Kacper Mihai Olek Radu Tymon",
        "Beata Cristina Ewa Irena Magdalena Violeta",
        "Bogdan Dariusz Grzegorz Marius Piotr Vytas",
        "Bălan Dąbrowski Florea Jankauskas Kowalik Łukaszewicz Mazur Petrauskas Rusu Wiśniewski",
    ),
    _heritage(
        4, "WOTH OOTH", "Turkish Greek Kurdish English",
        "Aylin Defne Despina Elif Eleni Katerina Nehir Zeynep",
        "Aris Baran Deniz Emir Kerem Nikos Stelios Yiannis",
        "Ayşe Gülay Maria Sevgi",
        "Hakan Murat Panayiotis Serkan",
        "Aydın Christodoulou Demir Hadjigeorgiou Kaya Özdemir Papadakis Yıldız",
    ),
    _heritage(
        4, "OOTH BAFR", "Arabic Somali Tigrinya Dari",
        "Amal Hodan Ikram Lina Mariam Rahel Salma Yasmine",
        "Abdirahman Elias Hamza Karim Liban Nabil Samir Yonas",
        "Fadumo Hanan Leila Selam",
        "Abdullahi Haile Mustafa Omar",
        "Abdi Al-Najjar Farah Gebremariam Hassan-Noor Kidane Mansour Warsame",
    ),
    _heritage(
        4, "CHNE AOTH", "Cantonese Mandarin Tagalog Vietnamese English",
        "Althea Hiu-Lam Jia-Yi Linh Mei-Ling Mikaela Thuy Xin",
        "Chun-Ho Duc Jericho Jun-Jie Kai Minh Wai-Kit Zhi-Hao",
        "Corazon Lan Ming Siu-Fong",
        "Bao Ernesto Ho-Yin Wei",
        "Bautista Cheung Dela-Cruz Fung Ho Lau Nguyen Tran Villanueva Zhou",
    ),
    _heritage(
        3, "WOTH MOTH", "Portuguese Spanish Italian English",
        "Beatriz Chiara Inês Lucía Noemi Paloma Valentina",
        "Afonso Bruno Gianluca Iker Matteo Rafael Tomás",
        "Catarina Elisa Pilar Teresa",
        "Álvaro Duarte Fabrizio Jorge",
        "Almeida Bianchi D'Angelo Echeverría Ferreira Gonçalves Iglesias Rossetti",
    ),
    _heritage(
        2, "WBRI WOTH MOTH", "English",
        "Dalia Esther Liora Miriam Naomi Tamar",
        "Asher Boaz Eitan Gideon Noam Saul",
        "Judith Ruth Shoshana",
        "Daniel Jonny Yoel",
        "Abrahams Feldman Grunfeld Lipschitz Rosenthal Zuckermann-Pace",
    ),
)  # fmt: skip

# Names that suit any child who uses “they”.
OPEN_NAMES: tuple[str, ...] = ("Ash", "Bay", "Ellis", "Indigo", "Quinn", "Remi", "River", "Robin", "Rowan", "Sky")
